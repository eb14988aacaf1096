//! Where a user learns of a break, and after how long.

use std::{fmt, str::FromStr};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Whether we come to the user, or the user to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// We write.
    Proactive,
    /// It stands in our pages.
    Passive,
    /// It is not mentioned.
    Silent,
}

/// What one channel does. In files: `proactive after 6h`, `passive`, `silent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Channel {
    /// How.
    pub how: How,
    /// How long the break must have lasted.
    pub after: TimeDelta,
}

/// What each channel does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// Our own pages.
    pub in_app: Channel,
    /// Letters.
    pub email: Channel,
    /// Text messages.
    pub sms: Channel,
}

/// Why a text is no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` says nothing of a channel: use proactive, passive or silent, with a wait if you want one \
     (`proactive after 6h`; m, h or d)"
)]
pub struct ChannelError(String);

impl FromStr for Channel {
    type Err = ChannelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (how, after) = match words[..] {
            ["proactive"] => (How::Proactive, Some(TimeDelta::zero())),
            ["passive"] => (How::Passive, Some(TimeDelta::zero())),
            ["silent"] => (How::Silent, Some(TimeDelta::zero())),
            ["proactive", "after", wait] => (How::Proactive, duration(wait)),
            ["passive", "after", wait] => (How::Passive, duration(wait)),
            _ => (How::Silent, None),
        };
        let after = after.ok_or_else(|| ChannelError(text.to_owned()))?;
        Ok(Self { how, after })
    }
}

/// `30m`, `6h`, `2d`: minutes, hours, days.
fn duration(text: &str) -> Option<TimeDelta> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = i64::from(number.parse::<u16>().ok()?);
    match unit {
        "m" => Some(TimeDelta::minutes(number)),
        "h" => Some(TimeDelta::hours(number)),
        "d" => Some(TimeDelta::days(number)),
        _ => None,
    }
}

impl TryFrom<String> for Channel {
    type Error = ChannelError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Channel> for String {
    fn from(channel: Channel) -> Self {
        channel.to_string()
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.how {
            How::Proactive => "proactive",
            How::Passive => "passive",
            How::Silent => "silent",
        })?;
        let minutes = self.after.num_minutes();
        match (minutes, minutes % 60) {
            (0, _) => Ok(()),
            (_, 0) => write!(f, " after {}h", minutes / 60),
            _ => write!(f, " after {minutes}m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("silent", How::Silent, 0, "silent")]
    #[case("passive", How::Passive, 0, "passive")]
    #[case("proactive after 0h", How::Proactive, 0, "proactive")]
    #[case("proactive after 6h", How::Proactive, 360, "proactive after 6h")]
    #[case(" passive  after 2d ", How::Passive, 2880, "passive after 48h")]
    #[case("proactive after 90m", How::Proactive, 90, "proactive after 90m")]
    fn a_channel_is_read_and_written(
        #[case] text: &str,
        #[case] how: How,
        #[case] minutes: i64,
        #[case] written: &str,
    ) {
        let channel: Channel = text.parse().unwrap();
        assert_eq!((channel.how, channel.after.num_minutes()), (how, minutes));
        assert_eq!(channel.to_string(), written);
        assert_eq!(written.parse(), Ok(channel));
    }

    #[rstest]
    #[case("")]
    #[case("loud")]
    #[case("proactive 6h")]
    #[case("proactive after")]
    #[case("proactive after 6")]
    #[case("proactive after h")]
    #[case("proactive after -6h")]
    #[case("proactive after 6é")]
    #[case("silent after 6h")]
    fn what_is_no_channel_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<Channel>(), Err(ChannelError(text.to_owned())));
    }
}
