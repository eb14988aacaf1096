//! Operations on institutions.

use axum::extract::{Path, RawQuery, State as From};
use serde_json::{Value, json};

use super::fault::{Fault, Refused, Reply};
use super::input::{Query, id};
use super::ok;
use crate::config::StartIs;
use crate::directory::{
    CertifiedInstitution, CountryCode, Filter, Institution, Product, RoutingNumber,
    RoutingNumberMatch,
};
use crate::state::{InstitutionId, Sandbox};

/// How many products `type` may name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Types {
    One,
    Several,
}

struct Page {
    skip: usize,
    limit: usize,
}

pub(super) async fn list(From(sandbox): From<Sandbox>, RawQuery(raw): RawQuery) -> Reply {
    let query = Query::parse(raw.as_deref());
    let found = sandbox.directory().find(&filter(&query, Types::One)?);
    let page = page(&query, sandbox.config().start_is)?;
    let (slice, counts) = cut(&found, &page);
    let institutions = sandbox.overlaid(slice.iter().copied());
    listed(&sandbox, &counts, "createdDate", json!(institutions))
}

pub(super) async fn certified(From(sandbox): From<Sandbox>, RawQuery(raw): RawQuery) -> Reply {
    list_certified(&sandbox, raw.as_deref(), |record| {
        CertifiedInstitution::new(record)
    })
}

pub(super) async fn certified_with_rssd(
    From(sandbox): From<Sandbox>,
    RawQuery(raw): RawQuery,
) -> Reply {
    list_certified(&sandbox, raw.as_deref(), |record| {
        CertifiedInstitution::with_rssd(record)
    })
}

fn list_certified(
    sandbox: &Sandbox,
    raw: Option<&str>,
    view: impl for<'a> Fn(&'a Institution) -> Option<CertifiedInstitution<'a>>,
) -> Reply {
    let query = Query::parse(raw);
    let mut found = sandbox.directory().find(&filter(&query, Types::Several)?);
    found.retain(|record| view(record).is_some());
    let page = page(&query, sandbox.config().start_is)?;
    let (slice, counts) = cut(&found, &page);
    let records = sandbox.overlaid(slice.iter().copied());
    let items: Vec<_> = records.iter().filter_map(view).collect();
    listed(sandbox, &counts, "requestedDate", json!(items))
}

pub(super) async fn get(From(sandbox): From<Sandbox>, Path(institution): Path<String>) -> Reply {
    let institution: InstitutionId = id(&institution)?;
    let found = sandbox
        .institution(institution)
        .ok_or_else(Fault::no_institution)?;
    ok(json!({ "institution": found }))
}

pub(super) async fn branding(
    From(sandbox): From<Sandbox>,
    Path(institution): Path<String>,
) -> Reply {
    let institution: InstitutionId = id(&institution)?;
    let found = sandbox
        .directory()
        .get(institution)
        .ok_or_else(Fault::no_institution)?;
    let branding = found.branding.as_ref().ok_or_else(Fault::no_resource)?;
    ok(json!({ "branding": branding }))
}

pub(super) async fn by_routing_number(
    From(sandbox): From<Sandbox>,
    Path(number): Path<String>,
) -> Reply {
    // An integer in the path may have lost up to two leading zeros.
    let digits = (7..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number = digits
        .then(|| number.parse().ok().and_then(RoutingNumber::new))
        .flatten()
        .ok_or_else(Fault::bad_request)?;
    let records = sandbox.directory().by_routing_number(number);
    if records.is_empty() {
        return Err(Fault::no_institution());
    }
    let items: Vec<_> = sandbox
        .overlaid(records)
        .into_iter()
        .map(RoutingNumberMatch::new)
        .collect();
    let counts = Counts {
        found: items.len(),
        displaying: items.len(),
        more: false,
    };
    listed(&sandbox, &counts, "createdDate", json!(items))
}

struct Counts {
    found: usize,
    displaying: usize,
    more: bool,
}

fn listed(sandbox: &Sandbox, counts: &Counts, date: &str, institutions: Value) -> Reply {
    let mut reply = json!({
        "found": counts.found,
        "displaying": counts.displaying,
        "moreAvailable": counts.more,
    });
    reply[date] = json!(sandbox.clock().now().timestamp());
    reply["institutions"] = institutions;
    ok(reply)
}

fn cut<'a, 'b>(found: &'b [&'a Institution], page: &Page) -> (&'b [&'a Institution], Counts) {
    let rest = found.get(page.skip..).unwrap_or_default();
    let slice = rest.get(..page.limit).unwrap_or(rest);
    let counts = Counts {
        found: found.len(),
        displaying: slice.len(),
        more: rest.len() > slice.len(),
    };
    (slice, counts)
}

fn page(query: &Query, start_is: StartIs) -> Result<Page, Refused> {
    let positive = |name, default| match query.number(name)? {
        None => Ok(default),
        Some(number @ 1..) => usize::try_from(number).map_err(|_| Fault::bad_request()),
        Some(_) => Err(Fault::bad_request()),
    };
    let (start, limit) = (positive("start", 1)?, positive("limit", 25)?);
    if limit > 1000 {
        return Err(Fault::bad_request());
    }
    let skip = match start_is {
        StartIs::PageIndex => (start - 1).saturating_mul(limit),
        StartIs::RecordIndex => start - 1,
    };
    Ok(Page { skip, limit })
}

fn filter(query: &Query, types: Types) -> Result<Filter, Refused> {
    let list = |name| {
        query
            .get(name)
            .map(|text| text.split(',').collect())
            .unwrap_or_default()
    };
    let products: Vec<&str> = list("type");
    if types == Types::One && products.len() > 1 {
        return Err(Fault::bad_request());
    }
    let products: Result<Vec<Product>, _> = products.into_iter().map(str::parse).collect();
    let countries: Vec<&str> = match query.get("supportedCountries") {
        Some("*") => Vec::new(),
        _ => list("supportedCountries"),
    };
    let countries: Result<Vec<CountryCode>, _> = countries.into_iter().map(str::parse).collect();
    Ok(Filter {
        term: query.get("search").map(ToOwned::to_owned),
        products: products.map_err(|_| Fault::bad_request())?,
        countries: countries.map_err(|_| Fault::bad_request())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skip(raw: &str, start_is: StartIs) -> usize {
        page(&Query::parse(Some(raw)), start_is).unwrap().skip
    }

    #[test]
    fn start_counts_pages_or_records() {
        assert_eq!(skip("start=6&limit=5", StartIs::PageIndex), 25);
        assert_eq!(skip("start=6&limit=5", StartIs::RecordIndex), 5);
        assert_eq!(skip("", StartIs::PageIndex), 0);
        for bad in ["start=0", "limit=0", "limit=1001", "start=x", "limit=-1"] {
            assert!(
                page(&Query::parse(Some(bad)), StartIs::PageIndex).is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn lists_take_one_type_and_certified_ones_several() {
        let query = Query::parse(Some("type=voa,voi&supportedCountries=us,CA"));
        assert!(filter(&query, Types::One).is_err());
        let found = filter(&query, Types::Several).unwrap();
        assert_eq!(found.products, [Product::Voa, Product::Voi]);
        assert_eq!(found.countries.len(), 2);
        for bad in [
            "type=gold",
            "supportedCountries=usa",
            "supportedCountries=us,",
        ] {
            assert!(
                filter(&Query::parse(Some(bad)), Types::Several).is_err(),
                "{bad}"
            );
        }
        let any = filter(&Query::parse(Some("supportedCountries=*")), Types::One).unwrap();
        assert!(any.countries.is_empty());
    }
}
