module gangplank.example/peers/rust2go

go 1.24
