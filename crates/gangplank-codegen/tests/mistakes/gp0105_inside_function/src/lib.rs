pub fn outer() {
    #[gangplank::record]
    struct Inner {
        a: u8,
    }

    fn deeper() {
        #[gangplank::export]
        fn deepest() {}
    }
}

impl Outer {
    fn method(&self) {
        #[gangplank::error]
        enum Failed {
            A,
        }
    }
}

const _: () = {
    #[gangplank::export]
    fn in_a_constant() {}
};
