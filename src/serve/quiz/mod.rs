//! The page of the training corner: questions by keyboard, and what was missed where.

mod api;
mod app;
mod drawn;
mod html;
mod routes;
mod sitting;

pub use app::{QuizServer, Training};
