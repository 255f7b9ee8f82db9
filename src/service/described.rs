//! What holds of every request, added to its description.

use utoipa::openapi::header::Header;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};

use super::answers::PROBLEM;
use super::routes::OPEN;

/// Name of the token among the ways to show who one is.
const TOKEN: &str = "token";

/// The description with what any request may be answered: who may not ask, what took too long, a fault of the program.
pub(super) fn described_whole(mut described: OpenApi) -> OpenApi {
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    described.components.get_or_insert_default().security_schemes.insert(TOKEN.to_owned(), RefOr::T(token));
    for (path, item) in &mut described.paths.paths {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            complete(operation, OPEN.contains(&path.as_str()));
        }
    }
    described
}

fn complete(operation: &mut Operation, open: bool) {
    let add = |operation: &mut Operation, status: &str, text: &str| {
        let answers = &mut operation.responses.responses;
        answers.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem(text)));
    };
    if !open {
        // Of this computer's own programs no token is asked where the service was given none.
        let ways = [SecurityRequirement::new(TOKEN, [""; 0]), SecurityRequirement::default()];
        operation.security = Some(ways.to_vec());
        add(operation, "401", "No token, or another one");
        add(operation, "403", "Asked by a page of a browser, or under another name of this computer");
        add(operation, "503", "The system refuses, such as a full disk: Retry-After");
    }
    add(operation, "400", "No request that can be answered");
    add(operation, "408", "It took too long");
    add(operation, "500", "A fault of the program");
    for status in ["429", "503"] {
        if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut(status) {
            let mut seconds = Header::new(utoipa::openapi::schema::Object::with_type(
                utoipa::openapi::schema::Type::Integer,
            ));
            seconds.description = Some("Seconds after which it is worth another try".to_owned());
            answer.headers.insert("Retry-After".to_owned(), seconds.into());
        }
    }
}

fn problem(text: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(text).content(PROBLEM, content).build()
}
