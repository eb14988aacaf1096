//! `cargo xtask site` builds what the browser gets into one folder: the wasm
//! module and its glue, the style sheet, the files of `public/`, a brotli copy
//! of each, and `pkg/assets.json`, which tells the server their names.

mod site;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, anyhow, bail, ensure};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use wasm_bindgen_cli_support::Bindgen;

use crate::site::{Site, digest};

/// Node packages, all optional: wasm-opt, and the official SDK for the
/// embedded and popup windows.
const BINARIES: &str = "end2end/node_modules/.bin";
const SDK: &str = "end2end/node_modules/connect-web-sdk/dist/mastercard-connect-esm.min.js";

/// What wasm-opt is told: the features that the compiler uses and every browser
/// of the last years has. Not `--all-features`: wasm-opt then writes compact
/// imports and exact types, which no browser reads yet.
/// The other passes were found by trying: together they take 3 % more off what
/// is sent. (The lowest memory is the end of the stack, below every static.)
const SHRINK: &str = "--low-memory-unused --converge \
    -Oz --flatten --local-cse --rereloop -Oz --merge-similar-functions --gufa -Oz -Oz \
    --strip-debug --strip-producers --strip-target-features \
    --enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue \
    --enable-mutable-globals --enable-nontrapping-float-to-int \
    --enable-reference-types --enable-sign-ext";

fn main() -> Result<()> {
    // Asked at run time: a program found in a shared target folder must not
    // build the clone that it was compiled in.
    let manifest = env::var("CARGO_MANIFEST_DIR").context("run it as `cargo xtask site`")?;
    env::set_current_dir(Path::new(&manifest).join(".."))?;

    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (profile, out) = match arguments[..] {
        ["site"] => ("dev", "target/site"),
        ["site", "--profile", profile] => (profile, "target/site"),
        ["site", "--profile", profile, "--out", out] => (profile, out),
        _ => bail!("usage: cargo xtask site [--profile NAME [--out DIR]]"),
    };

    let module = module(profile)?;
    let mut site = Site::open(out.into(), if profile == "dev" { 4 } else { 11 })?;
    let css = site.put_hashed("relink.css", style()?.as_bytes())?;
    let js = site.put_hashed("relink.js", &fs::read(module.join("relink.js"))?)?;
    let wasm = site.put_hashed("relink.wasm", &fs::read(module.join("relink_bg.wasm"))?)?;
    let mut sdk = String::from("null");
    if Path::new(SDK).exists() {
        // The package comes without the notice that its licence asks for.
        let notice = include_bytes!("connect-web-sdk.txt");
        let code = [notice, &fs::read(SDK)?[..]].concat();
        sdk = format!("\"{}\"", site.put_hashed("connect-sdk.js", &code)?);
    }
    site.put_folder(Path::new("public"))?;
    let names = format!(r#"{{"css":"{css}","js":"{js}","wasm":"{wasm}","sdk":{sdk}}}"#);
    site.finish(&names)
}

/// Compiles the root package and returns the folder with the finished module.
/// What follows the compiler runs again only when its output changed.
fn module(profile: &str) -> Result<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").context("no CARGO")?);
    // Where rustup has no wasm target, scripts/setup names another toolchain;
    // rustup's own `cargo` obeys that, the one that started us does not.
    if let Some(toolchain) = env::var_os("WASM_TOOLCHAIN") {
        cargo = Command::new("cargo");
        cargo.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    cargo.args(["build", "--package=relink-browser", "--profile", profile]);
    cargo.arg("--target=wasm32-unknown-unknown");
    ensure!(cargo.status()?.success(), "cargo build failed");

    let target = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or("target".into()));
    let folder = if profile == "dev" { "debug" } else { profile };
    let built = format!("wasm32-unknown-unknown/{folder}/relink_browser.wasm");
    let built = target.join(built);
    let tools = Path::new(BINARIES).exists();
    let key = format!("{} {tools} {SHRINK}", digest(&fs::read(&built)?));
    let folder = target.join("xtask").join(profile);
    if fs::read_to_string(folder.join("key")).is_ok_and(|done| done == key) {
        return Ok(folder);
    }

    fs::create_dir_all(&folder)?;
    fs::remove_dir_all(&folder)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&built).out_name("relink");
    // The page names the hashed module, so that the glue needs no rewriting.
    bindgen.omit_default_module_path(true).typescript(false);
    bindgen.web(true)?.generate(&folder)?;
    let snippets = folder.join("snippets").exists();
    ensure!(!snippets, "a crate brings a script of its own: hash it");
    if profile != "dev" {
        shrink(&folder.join("relink_bg.wasm"));
        let glue = folder.join("relink.js");
        fs::write(&glue, bare(&fs::read_to_string(&glue)?))?;
    }
    fs::write(folder.join("key"), key)?;
    Ok(folder)
}

/// The glue without indentation and comments. It is generated, so that a line
/// that begins like a comment is one; a real minifier would need a parser.
fn bare(glue: &str) -> String {
    let comment = |line: &str| ["/*", "*", "//"].iter().any(|mark| line.starts_with(mark));
    let lines = glue.lines().map(str::trim);
    let code = lines.filter(|line| !line.is_empty() && !comment(line));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// Runs wasm-opt where there is one: the npm package's before that of the
/// system, which is often too old to read what the compiler writes.
fn shrink(module: &Path) {
    let path = format!("{BINARIES}:{}", env::var("PATH").unwrap_or_default());
    let mut wasm_opt = Command::new("wasm-opt");
    wasm_opt.env("PATH", path).args(SHRINK.split_whitespace());
    let status = wasm_opt.arg(module).arg("-o").arg(module).status();
    if !status.is_ok_and(|status| status.success()) {
        eprintln!("xtask: no wasm-opt that works (npm package binaryen): the module stays larger");
    }
}

/// One minified sheet of `main.css` and all that it imports. Without target
/// browsers: what is written is kept, nesting and `light-dark()` included.
fn style() -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    // The error borrows from the file provider, so it leaves as text.
    let sheet = bundler.bundle(Path::new("style/main.css"));
    let mut sheet = sheet.map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default())?;
    let (minify, rest) = (true, PrinterOptions::default());
    Ok(sheet.to_css(PrinterOptions { minify, ..rest })?.code)
}
