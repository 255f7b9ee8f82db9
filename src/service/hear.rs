//! Who is refused while a slide still comes in is heard out first: where a line is closed with bytes on the way, the
//! sender sees it broken and never reads why.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Multipart;
use axum::http::{HeaderMap, header};
use tokio::time::timeout;

/// How much is heard of somebody who is refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) bytes: u64,
    pub(super) time: Duration,
}

impl Patience {
    /// Reads what still comes of a body, and keeps nothing. Who waits to be asked for it sends none.
    pub(super) async fn hear_out(self, headers: &HeaderMap, mut body: Body) {
        let asks =
            headers.get(header::EXPECT).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"100-continue"));
        if asks {
            return;
        }
        let all = async {
            let mut heard = 0;
            while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
                heard += frame.data_ref().map_or(0, |data| data.len() as u64);
                if heard > self.bytes {
                    break;
                }
            }
        };
        // The answer is given in any case.
        let _late = timeout(self.time, all).await;
    }

    /// The same of a form that is half read; it ends where the form's own limit is.
    pub(super) async fn hear_form(self, form: &mut Multipart) {
        let all = async { while let Ok(Some(_)) = form.next_field().await {} };
        let _late = timeout(self.time, all).await;
    }
}
