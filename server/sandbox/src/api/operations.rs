//! The operations by their names in the description.

use http::Method;

/// Path of the two operations that need no token.
pub(crate) const AUTHENTICATION: &str = "/aggregation/v2/partners/authentication";

/// Method, path and `operationId` of everything the sandbox answers.
pub(crate) const OPERATIONS: &[(Method, &str, &str)] = &[
    (Method::POST, AUTHENTICATION, "CreateToken"),
    (Method::PUT, AUTHENTICATION, "ModifyPartnerSecret"),
    (
        Method::POST,
        "/aggregation/v2/customers/testing",
        "AddTestingCustomer",
    ),
    (
        Method::POST,
        "/aggregation/v2/customers/active",
        "AddCustomer",
    ),
    (Method::GET, "/aggregation/v1/customers", "GetCustomers"),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}",
        "GetCustomer",
    ),
    (
        Method::PUT,
        "/aggregation/v1/customers/{customer}",
        "ModifyCustomer",
    ),
    (
        Method::DELETE,
        "/aggregation/v1/customers/{customer}",
        "DeleteCustomer",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/application",
        "GetCustomerWithAppData",
    ),
    (
        Method::GET,
        "/institution/v2/institutions",
        "GetInstitutions",
    ),
    (
        Method::GET,
        "/institution/v2/institutions/{institution}",
        "GetInstitution",
    ),
    (
        Method::GET,
        "/institution/v2/institutions/{institution}/branding",
        "GetInstitutionBranding",
    ),
    (
        Method::GET,
        "/institution/v2/certifiedInstitutions",
        "GetCertifiedInstitutions",
    ),
    (
        Method::GET,
        "/institution/v2/certifiedInstitutions/rssd",
        "GetCertifiedInstitutionsWithRSSD",
    ),
    (
        Method::GET,
        "/institution/v1/institutions/routingNumber/{number}",
        "GetInstitutionsByRoutingNumber",
    ),
    (Method::POST, "/connect/v2/generate", "GenerateConnectUrl"),
    (
        Method::POST,
        "/connect/v2/generate/lite",
        "GenerateLiteConnectUrl",
    ),
    (
        Method::POST,
        "/connect/v2/generate/fix",
        "GenerateFixConnectUrl",
    ),
    (
        Method::POST,
        "/connect/v2/generate/jointBorrower",
        "GenerateJointBorrowerConnectUrl",
    ),
    (Method::POST, "/connect/v2/send/email", "SendConnectEmail"),
    (
        Method::POST,
        "/connect/v2/send/email/jointBorrower",
        "SendJointBorrowerConnectEmail",
    ),
    (Method::GET, "/connect/experiences", "GetAllExperience"),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/accounts",
        "GetCustomerAccounts",
    ),
    (
        Method::POST,
        "/aggregation/v1/customers/{customer}/accounts",
        "RefreshCustomerAccounts",
    ),
    (
        Method::POST,
        "/aggregation/v2/customers/{customer}/accounts",
        "RefreshCustomerAccountsV2",
    ),
    (
        Method::GET,
        "/aggregation/v2/customers/{customer}/accounts/{account}",
        "GetCustomerAccount",
    ),
    (
        Method::DELETE,
        "/aggregation/v1/customers/{customer}/accounts/{account}",
        "DeleteCustomerAccount",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/institutions/{institution}/accounts",
        "GetCustomerAccountsByInstitution",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts",
        "GetCustomerAccountsByInstitutionLogin",
    ),
    (
        Method::POST,
        "/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts",
        "RefreshCustomerAccountsByInstitutionLogin",
    ),
    (
        Method::POST,
        "/aggregation/v2/customers/{customer}/institutionLogins/{login}/accounts",
        "RefreshCustomerAccountsByInstitutionLoginV2",
    ),
    (
        Method::DELETE,
        "/aggregation/v1/customers/{customer}/institutionLogins/{login}",
        "DeleteCustomerAccountsByInstitutionLogin",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/accounts/simple",
        "GetCustomerAccountsSimple",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/accounts/{account}/simple",
        "GetCustomerAccountSimple",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/institutions/{institution}/accounts/simple",
        "GetCustomerAccountsByInstitutionSimple",
    ),
    (
        Method::GET,
        "/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts/simple",
        "GetCustomerAccountsByInstitutionLoginSimple",
    ),
    (
        Method::POST,
        "/decisioning/v1/customers/{customer}/consumer",
        "CreateConsumer",
    ),
    (
        Method::GET,
        "/decisioning/v1/customers/{customer}/consumer",
        "GetConsumerForCustomer",
    ),
    (
        Method::GET,
        "/decisioning/v1/consumers/{consumer}",
        "GetConsumer",
    ),
    (
        Method::PUT,
        "/decisioning/v1/consumers/{consumer}",
        "ModifyConsumer",
    ),
];

/// The `operationId` of a route.
pub(super) fn named(method: &Method, path: &str) -> Option<&'static str> {
    OPERATIONS
        .iter()
        .find(|(known, template, _)| known == method && *template == path)
        .map(|(_, _, name)| *name)
}
