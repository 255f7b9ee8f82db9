//! The engine as a service of the hospital's network: slides come in over HTTP, results go out.
//!
//! A [`Service`] is an output folder with an archive in it whose slides come one after the other. What is accepted lies on the
//! disk, whole, before it is acknowledged (`received/ID`); the archive's journal holds what was read, so that a service that
//! was killed goes on where it was. A slide's id is a digest over its pictures and facts: sent twice it is one slide. The
//! queue is bounded, and whoever comes when it is full is told when to come again. Nothing is served to other computers
//! unless a token is asked of them and the way is encrypted, or the caller says in so many words that he wants neither.
//!
//! The description of the interface is made from the handlers (`/openapi.json`).

mod answers;
mod connections;
mod described;
mod desk;
mod examine;
mod facts;
mod guard;
mod hear;
mod listen;
mod logged;
mod metrics;
mod receive;
mod routes;
mod slides;
mod worker;

pub use listen::{Service, ServiceOptions, Stopper};
