//! Every page with something in it, and what holds for all of them.
//!
//! `RELINK_PREVIEW=FOLDER` also writes each page there, to be looked at.

mod campaigns;
mod cards;
mod cases;
mod charts;
mod figures;
mod funnels;
mod helps;
mod html;
mod invited;
mod languages;
mod notices;
mod operations;
mod outages;
mod pages;
mod ports;
mod rpc;
mod sample;
mod staff;
