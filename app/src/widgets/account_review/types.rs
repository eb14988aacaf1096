texts! {
    /// Texts of the button.
    ReviewWords {
        /// Nothing is ticked.
        none,
        /// One account.
        one,
        /// Several; `{n}` is the number.
        many,
    }
}

impl ReviewWords {
    /// What the button says.
    pub fn button(&self, ticked: u32) -> String {
        match ticked {
            0 => self.none.clone(),
            1 => self.one.clone(),
            n => self.many.replace("{n}", &n.to_string()),
        }
    }
}
