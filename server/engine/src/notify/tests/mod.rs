//! Telling people, on both databases.
