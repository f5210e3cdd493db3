//! The API as a page: the same description, for people.

use askama::Template;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, RefOr};

use super::frame::Frame;

#[derive(Template)]
#[template(path = "api.html")]
pub(in crate::web) struct ApiPage {
    pub t: Frame,
    pub about: String,
    pub operations: Vec<OperationView>,
}

/// One method of one address.
pub(in crate::web) struct OperationView {
    pub id: String,
    pub method: &'static str,
    pub path: String,
    pub summary: String,
    pub description: String,
    pub with_card: bool,
    pub parameters: Vec<ApiEntry>,
    pub answers: Vec<ApiEntry>,
}

/// A name and what it is.
pub(in crate::web) struct ApiEntry {
    pub name: String,
    pub about: String,
}

impl ApiPage {
    pub(in crate::web) fn new(t: Frame, document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let operations = paths.flat_map(|(path, item)| {
            let methods = [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post), ("DELETE", &item.delete)];
            methods.map(|(method, operation)| Some(view(method, path, operation.as_ref()?)))
        });
        let about = document.info.description.clone().unwrap_or_default();
        Self { t, about, operations: operations.flatten().collect() }
    }
}

fn view(method: &'static str, path: &str, operation: &Operation) -> OperationView {
    let parameters = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(it) => Some(ApiEntry { name: it.name.clone(), about: it.description.clone().unwrap_or_default() }),
        RefOr::Ref(_) => None,
    });
    let answers = operation.responses.responses.iter().map(|(status, answer)| ApiEntry {
        name: status.clone(),
        about: match answer {
            RefOr::T(answer) => answer.description.clone(),
            RefOr::Ref(_) => String::new(),
        },
    });
    OperationView {
        id: operation.operation_id.clone().unwrap_or_default(),
        method,
        path: path.to_owned(),
        summary: operation.summary.clone().unwrap_or_default(),
        description: operation.description.clone().unwrap_or_default(),
        with_card: operation.security.is_some(),
        parameters: parameters.collect(),
        answers: answers.collect(),
    }
}
