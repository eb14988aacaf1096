//! The folder that the server serves: names that change with their content, a
//! brotli copy beside each file, nothing left over from earlier builds.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::CompressorReader;
use sha2::{Digest as _, Sha256};

/// The extensions of what is not compressed already.
const TEXT: &str = "css html js json svg txt wasm webmanifest";

/// A site being filled.
pub(crate) struct Site {
    root: PathBuf,
    quality: u32,
    kept: BTreeSet<PathBuf>,
}

impl Site {
    /// Takes a new folder or an earlier site. `quality` is brotli's, to 11: the
    /// most spends seconds.
    pub(crate) fn open(root: PathBuf, quality: u32) -> Result<Self> {
        if root.exists() && !root.join("pkg/assets.json").exists() {
            bail!("{} is no site: its files would go", root.display());
        }
        let kept = BTreeSet::new();
        Ok(Self {
            root,
            quality,
            kept,
        })
    }

    /// Puts `pkg/STEM-HASH.EXTENSION` and returns its address.
    pub(crate) fn put_hashed(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let (stem, extension) = name.split_once('.').context("no extension")?;
        let name = format!("pkg/{stem}-{}.{extension}", digest(bytes));
        self.put(Path::new(&name), bytes)?;
        Ok(format!("/{name}"))
    }

    /// Puts every file below `folder` under its own name.
    pub(crate) fn put_folder(&mut self, folder: &Path) -> Result<()> {
        for file in files(folder)? {
            self.put(file.strip_prefix(folder)?, &fs::read(&file)?)?;
        }
        Ok(())
    }

    /// Writes the names last, then removes what this build did not put.
    pub(crate) fn finish(mut self, assets: &str) -> Result<()> {
        self.put(Path::new("pkg/assets.json"), assets.as_bytes())?;
        for file in files(&self.root)? {
            if !self.kept.contains(&file) {
                fs::remove_file(file)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, name: &Path, bytes: &[u8]) -> Result<()> {
        let path = self.root.join(name);
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let text = TEXT.split(' ').any(|known| known == extension);
        // No gzip: a browser that runs the module also asks for brotli.
        let packed = path.with_extension(format!("{extension}.br"));
        let same = fs::read(&path).is_ok_and(|old| old == bytes);
        if !same || text && !packed.exists() {
            fs::create_dir_all(path.parent().context("no folder")?)?;
            if text {
                let mut small = CompressorReader::new(bytes, 4096, self.quality, 22);
                io::copy(&mut small, &mut File::create(&packed)?)?;
            }
            fs::write(&path, bytes)?;
        }
        if text {
            self.kept.insert(packed);
        }
        self.kept.insert(path);
        Ok(())
    }
}

/// The first 64 bits of the SHA-256, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let start = hash.first_chunk().copied().map_or(0, u64::from_be_bytes);
    format!("{start:016x}")
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
