//! Any bytes as a web archive: whole, and as the parts of one.
#![no_main]

use duizhao::import::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let heads: [&[u8]; 2] = [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    ];
    for head in heads {
        let _ = import::read("a.mhtml", &[head, bytes].concat(), &Options::default());
    }
});
