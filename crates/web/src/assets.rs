//! The style sheet, the script and the icon: embedded, compressed once, named by their content.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{LazyLock, OnceLock};

use axum::Router;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::compression::{accepts_gzip, compress};

/// One file served under an address that changes when its content does.
#[derive(Debug)]
pub struct Asset {
    pub path: String,
    content_type: &'static str,
    body: Cow<'static, str>,
    gzip: Option<Vec<u8>>,
}

static STYLE: OnceLock<Asset> = OnceLock::new();
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("tandem", "js", "text/javascript; charset=utf-8", SCRIPT_TEXT));
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("tandem", "svg", "image/svg+xml", ICON_TEXT));

/// The order of the layers is set by the first file; inside a layer each component stands alone.
const STYLE_TEXT: &str = concat!(
    include_str!("static/tokens.css"),
    include_str!("static/base.css"),
    include_str!("components/button/button.css"),
    include_str!("components/card/card.css"),
    include_str!("components/chart/chart.css"),
    include_str!("components/choice/choice.css"),
    include_str!("components/details/details.css"),
    include_str!("components/error_summary/error_summary.css"),
    include_str!("components/field/field.css"),
    include_str!("components/fieldset/fieldset.css"),
    include_str!("components/icon/icon.css"),
    include_str!("components/ledger/ledger.css"),
    include_str!("components/notice/notice.css"),
    include_str!("components/pagination/pagination.css"),
    include_str!("components/select/select.css"),
    include_str!("components/status/status.css"),
    include_str!("components/steps/steps.css"),
    include_str!("components/summary_list/summary_list.css"),
    include_str!("components/table/table.css"),
    include_str!("components/text_area/text_area.css"),
    include_str!("components/views/views.css"),
    include_str!("static/layout.css"),
);
/// Paper has the last word.
const PRINT_TEXT: &str = include_str!("static/print.css");
const SCRIPT_TEXT: &str = include_str!("static/tandem.js");
const ICON_TEXT: &str = include_str!("static/icon.svg");

/// A year: the address changes with the content.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

impl Asset {
    fn new(
        name: &str,
        ending: &str,
        content_type: &'static str,
        body: impl Into<Cow<'static, str>>,
    ) -> Self {
        let body = body.into();
        // SipHash with fixed keys: not a secret, only a name that follows the content.
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let path = format!("/static/{name}-{:016x}.{ending}", hasher.finish());
        let gzip = compress(body.as_bytes(), 9);
        Self { path, content_type, body, gzip }
    }

    /// Bytes on the wire for a browser that accepts gzip.
    pub fn compressed_len(&self) -> usize {
        self.gzip.as_ref().map_or(self.body.len(), Vec::len)
    }

    fn answer(&self, request: &HeaderMap) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.content_type)),
            (header::CACHE_CONTROL, KEEP),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        match &self.gzip {
            Some(small) if accepts_gzip(request) => {
                let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
                (headers, encoding, small.clone()).into_response()
            }
            _ => (headers, self.body.clone()).into_response(),
        }
    }
}

/// The one style sheet. Before [`routes`] has been called it only holds the kit's own style.
pub fn style() -> &'static Asset {
    STYLE.get_or_init(|| style_of(&[]))
}

fn style_of(slices: &[&str]) -> Asset {
    let text = [&[STYLE_TEXT], slices, &[PRINT_TEXT]].concat().concat();
    Asset::new("tandem", "css", "text/css; charset=utf-8", text)
}

/// The assets, with the style of each slice after the kit's.
pub fn routes(slices: &[&str]) -> Router {
    // The slices are the same for the whole life of the program: the first call is the only one.
    let style: &'static Asset = STYLE.get_or_init(|| style_of(slices));
    Router::new()
        .route(&style.path, get(move |headers: HeaderMap| async move { style.answer(&headers) }))
        .route(&SCRIPT.path, get(|headers: HeaderMap| async move { SCRIPT.answer(&headers) }))
        .route(&ICON.path, get(|headers: HeaderMap| async move { ICON.answer(&headers) }))
}
