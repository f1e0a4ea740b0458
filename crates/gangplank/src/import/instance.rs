use crate::go_value::{GoValue, Pair, not_nil};
use crate::message::Malformed;
use crate::shim::Arguments;

/// Which implementation of an imported trait a proxy calls (clause 8.8).
#[derive(Clone, Debug)]
pub struct Instance {
    /// 0: the one that is registered.
    handle: u64,
    /// None: it is registered, or lent.
    owner: Option<GoValue>,
}

impl Instance {
    /// The one that is registered.
    pub const REGISTERED: Instance = Instance { handle: 0, owner: None };

    /// One that Go lends: the caller keeps the proxy no longer than the call lasts (clause 8.3).
    #[inline]
    pub(crate) fn lent(pair: Pair) -> Instance {
        Instance { handle: pair.handle, owner: None }
    }

    /// One that Go gives.
    ///
    /// # Errors
    /// It is nil.
    pub fn given(keeper: u64, handle: u64, name: &str) -> Result<Instance, Malformed> {
        let pair = not_nil(keeper, handle, name)?;
        Ok(Instance { handle, owner: Some(GoValue::new(pair.keeper, pair.handle)) })
    }

    /// Its handle.
    #[inline]
    pub(crate) fn handle(&self) -> u64 {
        self.handle
    }

    /// A function value (clause 8.7), as what is called.
    #[inline]
    pub(crate) fn function(value: GoValue) -> Instance {
        Instance { handle: value.pair().handle, owner: Some(value) }
    }

    pub(crate) fn owner(&self) -> Option<&GoValue> {
        self.owner.as_ref()
    }
}

/// Takes an implementation that Go lends to a call.
#[inline]
pub fn hold(arguments: &mut Arguments<'_>, name: &str) -> Result<Instance, Malformed> {
    let (keeper, handle) = arguments.lent_pair();
    not_nil(keeper, handle, name).map(Instance::lent)
}

/// Passes over one.
pub fn skip(arguments: &mut Arguments<'_>) {
    arguments.lent_pair();
}
