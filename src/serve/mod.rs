//! The page on which a reader decides: served to this computer alone, without a network.
//!
//! The server decides nothing: decisions go to `review::Store`, counts and words come from `review`, `standard` and
//! `locale`, and the page shows what it is given. It listens on 127.0.0.1 and answers only requests that carry the token
//! of this start in their address, name this very host and, where they change something, come from its own page. The
//! training corner stands behind the same door and opens no decisions.

mod answers;
mod api;
mod app;
mod asked;
mod assets;
mod decide;
mod dropped;
mod guard;
mod html;
mod letter;
mod line;
mod opening;
mod pictures;
mod queue;
mod quiz;
mod routes;
mod server;
mod shelf;
mod shown;
mod slide;
mod upkeep;
mod words;

pub use opening::Analysis;
pub use quiz::{QuizServer, Training};
pub use server::Server;
pub use shelf::Shelf;
pub use upkeep::{News, Upkeep};
