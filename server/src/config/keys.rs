//! The installation's key.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use relink_engine::random::Random;
use secrecy::SecretSlice;

use super::{Config, Environment};

const LEAST: usize = 32;

/// Keys the fingerprints of rejected secrets.
#[derive(Debug, Clone)]
pub struct SecretKey(pub SecretSlice<u8>);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("the key file {} cannot be used", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is too short to be a key.
    #[error("the key file {} has fewer than {LEAST} bytes", .0.display())]
    Short(PathBuf),
}

/// Where the installation's key is.
pub fn key_file(config: &Config) -> PathBuf {
    if is_named(config) {
        config.secret_key_file.clone()
    } else {
        config.data.join("secret_key")
    }
}

fn is_named(config: &Config) -> bool {
    !config.secret_key_file.as_os_str().is_empty()
}

/// Reads the installation's key. In the sandbox environment a missing one is
/// made under `data`; elsewhere a key that appears by itself would be another
/// on each node.
pub fn secret_key(config: &Config, random: &dyn Random) -> Result<SecretKey, KeyError> {
    let named = is_named(config);
    let path = key_file(config);
    let file = |source| KeyError::File {
        path: path.clone(),
        source,
    };
    if !named && config.environment == Environment::Sandbox && !path.exists() {
        fs::create_dir_all(&config.data).map_err(file)?;
        write_private(&path, random.token().as_bytes()).map_err(file)?;
    }
    let bytes = fs::read(&path).map_err(file)?;
    if bytes.len() < LEAST {
        return Err(KeyError::Short(path));
    }
    Ok(SecretKey(bytes.into()))
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
