//! The table of contents: every address, its methods, its handler.

use actix_web::dev::HttpServiceFactory;
use actix_web::http::Method;
use actix_web::{Handler, HttpResponse, Responder, guard, web};

use super::handlers::{
    correct, files, form, health, openapi, over_time, pages, policy, programme, releases, sealed, sent, tallies,
};
use super::problem::Problem;

const GET: &[Method] = &[Method::GET, Method::HEAD];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/tallies/{receipt}")
                .route(web::put().to(tallies::put))
                .route(web::delete().to(tallies::delete))
                .default_service(refuse("PUT, DELETE")),
        )
        .service(web::resource("/v1/sealed").route(web::post().to(sealed::post)).default_service(refuse("POST")))
        .service(
            web::resource("/")
                .route(web::route().guard(any(GET)).to(form::show))
                .route(web::post().to(form::send))
                .default_service(refuse("GET, POST")),
        )
        .service(
            web::resource("/practice")
                .route(web::route().guard(any(GET)).to(form::show_practice))
                .route(web::post().to(form::send_practice))
                .default_service(refuse("GET, POST")),
        )
        .service(
            web::resource("/correct")
                .route(web::route().guard(any(GET)).to(correct::show))
                .route(web::post().to(correct::replace))
                .default_service(refuse("GET, POST")),
        )
        .service(
            web::resource("/withdraw")
                .route(web::route().guard(any(GET)).to(correct::show))
                .route(web::post().to(correct::withdraw))
                .default_service(refuse("GET, POST")),
        )
        .service(
            web::resource("/sent/{handle}")
                // A HEAD would have to tell whether the page is there, or to take it away.
                .route(web::get().to(sent::show))
                .default_service(refuse("GET")),
        )
        .service(get("/paper", form::paper))
        .service(get("/v1/programme", programme::programme))
        .service(get("/v1/policy", programme::policy))
        .service(get("/v1/releases", releases::list))
        .service(get("/v1/releases/{name}", releases::one))
        .service(get("/v1/log/checkpoint", files::checkpoint))
        .service(get("/v1/log/{path:.*}", files::log))
        .service(get("/public/{path:.*}", files::public))
        .service(get("/reports", pages::reports))
        .service(get("/reports/over-time", over_time::over_time))
        .service(get("/reports/{period}", pages::report))
        .service(get("/policy", policy::policy))
        .service(get("/policy/notice", policy::notice))
        .service(get("/policy/legal-request", policy::legal_request))
        .service(get("/audit", pages::audit))
        .service(get("/help", pages::help))
        .service(get("/exit", pages::exit))
        .service(get("/style.css", files::style))
        .service(get("/report.css", files::report_style))
        .service(get("/form.js", files::script))
        .service(get("/openapi.json", openapi::document))
        .service(get("/api", openapi::show))
        .service(get("/healthz", health::alive))
        .service(get("/readyz", health::ready))
        .service(get("/.well-known/security.txt", health::security))
        .default_service(web::to(|| async { Err::<HttpResponse, _>(Problem::not_found()) }));
}

/// An address that is read only.
fn get<F, Args>(path: &'static str, handler: F) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::route().guard(any(GET)).to(handler)).default_service(refuse("GET"))
}

fn refuse(allow: &'static str) -> actix_web::Route {
    web::to(move || async move { Err::<HttpResponse, _>(Problem::method(allow)) })
}

fn any(methods: &'static [Method]) -> impl guard::Guard {
    guard::fn_guard(|context| methods.contains(&context.head().method))
}
