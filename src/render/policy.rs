//! The content security policy of a page: what a browser may load and do there.

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

/// The policy of a page whose only style block is `style`: files of the site, and nothing else.
pub(super) fn allowing(style: &str) -> String {
    let hash = BASE64.encode(&Sha256::digest(style));
    format!(
        "default-src 'none'; style-src 'self' 'sha256-{hash}'; script-src 'self'; \
         img-src 'self' data:; form-action 'self'; base-uri 'none'"
    )
}
