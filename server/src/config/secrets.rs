//! A value that must not be printed.

use std::{fmt, fs, io, path::Path};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de};

/// A secret of the configuration; empty when it is not set.
#[derive(Clone, Default)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(SecretString::from(value.into()))
    }

    /// The value, for the one place that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        !self.expose().is_empty()
    }

    /// The secret itself.
    pub fn into_inner(self) -> SecretString {
        self.0
    }

    /// The value, or else the trimmed content of `file`, if one is named.
    pub fn or_file(&self, file: &Path) -> io::Result<Self> {
        if self.is_set() || file.as_os_str().is_empty() {
            return Ok(self.clone());
        }
        Ok(Self::new(fs::read_to_string(file)?.trim_end()))
    }
}

/// Serde's own error would print a value of another type.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from);
        text.map(Self::new)
            .map_err(|_| de::Error::custom("a secret is text: put it in quotes"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_set() { "(set)" } else { "(not set)" })
    }
}
