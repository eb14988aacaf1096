//! English.

pub(super) mod admin;
mod campaigns;
pub(super) mod codes;
pub(super) mod connect;
mod dates;
mod facts;
mod figures;
pub(super) mod forms;
pub(super) mod frame;
mod funnels;
mod help;
pub(super) mod islands;
pub(super) mod letters;
mod news;
mod notices;
mod operations;
pub(super) mod overview;
pub(super) mod passkeys;
mod people;
mod staff;

use super::Words;

pub(super) static WORDS: Words = Words {
    dates: dates::DATES,
    frame: frame::FRAME,
    landing: frame::LANDING,
    door: people::DOOR,
    account: people::ACCOUNT,
    find: connect::FIND,
    confirm: connect::CONFIRM,
    trial: connect::TRIAL,
    visit: connect::VISIT,
    choice: connect::CHOICE,
    overview: overview::OVERVIEW,
    repair: overview::REPAIR,
    notices: notices::NOTICES,
    telling: notices::TELLING,
    admin: admin::ADMIN,
    factor: staff::FACTOR,
    passkeys: passkeys::PASSKEYS,
    people: staff::PEOPLE,
    audit: staff::AUDIT,
    health: figures::HEALTH,
    rows: figures::ROWS,
    breaks: figures::BREAKS,
    outage: figures::OUTAGE,
    places: figures::PLACES,
    codes: figures::CODES,
    funnels: funnels::FUNNELS,
    events: operations::EVENTS,
    gaps: operations::GAPS,
    jobs: operations::JOBS,
    story: help::STORY,
    cases: help::CASES,
    campaigns: campaigns::CAMPAIGNS,
    outbox: frame::OUTBOX,
    letter: letters::letter,
    text: news::text,
    fault: frame::FAULT,
    forms: forms::FORMS,
    islands: islands::ISLANDS,
};
