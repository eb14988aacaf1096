//! Products an institution is certified for.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A product that institutions are certified for: the values of the `type`
/// parameter of the institution list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Transaction aggregation.
    TransAgg,
    /// Account and routing numbers for payments.
    Ach,
    /// Statement aggregation.
    StateAgg,
    /// Verification of income.
    Voi,
    /// Verification of assets.
    Voa,
    /// Account history aggregation.
    Aha,
    /// Account balance check.
    AvailBalance,
    /// Account owner.
    AccountOwner,
}

impl Product {
    /// Every product.
    pub const ALL: [Self; 8] = [
        Self::TransAgg,
        Self::Ach,
        Self::StateAgg,
        Self::Voi,
        Self::Voa,
        Self::Aha,
        Self::AvailBalance,
        Self::AccountOwner,
    ];

    /// The official name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TransAgg => "transAgg",
            Self::Ach => "ach",
            Self::StateAgg => "stateAgg",
            Self::Voi => "voi",
            Self::Voa => "voa",
            Self::Aha => "aha",
            Self::AvailBalance => "availBalance",
            Self::AccountOwner => "accountOwner",
        }
    }

    /// The product of this official name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|product| product.as_str() == name)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of products. In JSON one flag a product, as in an institution object;
/// an absent flag is a product the institution is not certified for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Products(u8);

impl Products {
    /// No product.
    pub const NONE: Self = Self(0);

    /// Whether `product` is in the set.
    pub const fn contains(self, product: Product) -> bool {
        self.0 & (1 << product as u8) != 0
    }

    /// The set with `product` added.
    #[must_use]
    pub const fn with(self, product: Product) -> Self {
        Self(self.0 | (1 << product as u8))
    }

    /// The products in the set.
    pub fn iter(self) -> impl Iterator<Item = Product> {
        Product::ALL
            .into_iter()
            .filter(move |product| self.contains(*product))
    }
}

impl FromIterator<Product> for Products {
    fn from_iter<I: IntoIterator<Item = Product>>(products: I) -> Self {
        products.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Products {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Products {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut flags = serializer.serialize_map(Some(Product::ALL.len()))?;
        for product in Product::ALL {
            flags.serialize_entry(product.as_str(), &self.contains(product))?;
        }
        flags.end()
    }
}

impl<'de> Deserialize<'de> for Products {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Flags;

        impl<'de> Visitor<'de> for Flags {
            type Value = Products;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("product flags")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Products, M::Error> {
                let mut products = Products::NONE;
                while let Some((name, flag)) = map.next_entry::<String, Value>()? {
                    if flag == Value::Bool(true)
                        && let Some(product) = Product::parse(&name)
                    {
                        products = products.with(product);
                    }
                }
                Ok(products)
            }
        }

        deserializer.deserialize_map(Flags)
    }
}
