use std::mem::MaybeUninit;

/// A closure of the type `D` in place: what a shim holds for `&dyn Fn(..)`.
pub struct Lent<D: ?Sized> {
    closure: MaybeUninit<[u64; 2]>,
    /// The closure at this address.
    view: fn(*mut u8) -> *mut D,
}

impl<D: ?Sized> Lent<D> {
    /// Holds the closure.
    ///
    /// # Safety
    /// `view` casts an address to one of a `C` and only makes it wider.
    #[inline]
    pub(super) unsafe fn new<C: Copy>(closure: C, view: fn(*mut u8) -> *mut D) -> Lent<D> {
        const { assert!(size_of::<C>() <= 16 && align_of::<C>() <= 8, "it holds keeper and handle") };
        let mut lent = Lent { closure: MaybeUninit::uninit(), view };
        // SAFETY: there is room, as was just asserted.
        unsafe { lent.closure.as_mut_ptr().cast::<C>().write(closure) };
        lent
    }

    #[inline]
    pub(super) fn get(&self) -> &D {
        // SAFETY: `new` wrote such a closure, which has nothing to drop, and we are borrowed. Nobody changes it: it is `Copy` and the reference is shared.
        unsafe { &*(self.view)(self.closure.as_ptr().cast_mut().cast()) }
    }

    #[inline]
    pub(super) fn get_mut(&mut self) -> &mut D {
        // SAFETY: as above, and we are borrowed alone.
        unsafe { &mut *(self.view)(self.closure.as_mut_ptr().cast()) }
    }
}
