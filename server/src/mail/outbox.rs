//! The outbox of the sandbox environment: letters in a folder, each as the
//! message that SMTP would get (`.eml`) and as its HTML half with a heading
//! (`.json`) for the page that shows them.

use std::{fs, io, path::PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letter::Written;

/// A folder of letters.
#[derive(Debug, Clone)]
pub struct Outbox(PathBuf);

/// A letter in the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Listed {
    /// Names it.
    pub file: String,
    /// Where to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    html: String,
}

impl Outbox {
    /// In this folder, which is made.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Writes a letter; sending it again overwrites it.
    pub fn keep(&self, id: Uuid, to: &str, written: &Written, message: &[u8]) -> io::Result<()> {
        let file = id.simple().to_string();
        let listed = Listed {
            file: file.clone(),
            to: to.to_owned(),
            subject: written.subject.clone(),
            html: written.html.clone(),
        };
        fs::write(self.0.join(&file).with_extension("eml"), message)?;
        fs::write(
            self.0.join(&file).with_extension("json"),
            serde_json::to_vec(&listed)?,
        )
    }

    /// Writes a text message; sending it again overwrites it.
    pub fn keep_text(&self, id: Uuid, to: &str, text: &str) -> io::Result<()> {
        let file = id.simple().to_string();
        let listed = Listed {
            to: to.to_owned(),
            subject: text.to_owned(),
            html: format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{to}</title><body><p>{}</p>",
                super::letter::escape(text)
            ),
            file: file.clone(),
        };
        fs::write(
            self.0.join(&file).with_extension("json"),
            serde_json::to_vec(&listed)?,
        )
    }

    /// Every letter and text message, the newest first: the ids are made in the order of time.
    pub fn list(&self) -> io::Result<Vec<Listed>> {
        let mut letters = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                letters.push(serde_json::from_slice::<Listed>(&fs::read(path)?)?);
            }
        }
        letters.sort_by(|one, other| other.file.cmp(&one.file));
        Ok(letters)
    }

    /// The HTML half of one letter.
    pub fn html(&self, file: &str) -> Option<String> {
        // The name is an id of ours or it is nothing: no path leads out.
        let id = Uuid::try_parse(file).ok()?;
        let bytes = fs::read(self.0.join(id.simple().to_string()).with_extension("json")).ok()?;
        serde_json::from_slice::<Listed>(&bytes)
            .ok()
            .map(|letter| letter.html)
    }
}
