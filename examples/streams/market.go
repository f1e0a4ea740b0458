package main

import (
	"flag"
	"fmt"
	"strings"

	"gangplank.dev/go/timely"
)

// Symbol is a stock's, padded with spaces.
type Symbol [4]byte

// Event is what both streams are merged to: an order, or the best bid and offer for a symbol.
type Event struct {
	Symbol Symbol
	Quote  *Quote
	Order  *Order
}

// Quote is the national best bid and offer (NBBO).
type Quote struct{ Bid, Offer float64 }

// Order is somebody's wish to buy or sell.
type Order struct {
	ID       uint32
	Quantity uint32
	Price    float64
}

// Rejected is an order that was refused, and the quote it was refused for.
type Rejected struct {
	Symbol Symbol
	Order  Order
	Quote  Quote
}

// isWide is whether orders are refused at this quote: the spread is five cents or more, and five percent of the middle or more.
func (q Quote) isWide() bool {
	spread, middle := q.Offer-q.Bid, (q.Bid+q.Offer)/2
	return spread >= 0.05 && spread/middle >= 0.05
}

// book is what is known of a symbol.
type book struct {
	quote   Quote
	isKnown bool
	// early are orders that came before any quote.
	early []Order
}

// check is the state computation.
func check(b *book, e Event, out *timely.Out[Rejected]) {
	switch {
	case e.Quote != nil:
		b.quote, b.isKnown = *e.Quote, true
		for _, order := range b.early {
			b.check(e.Symbol, order, out)
		}
		b.early = nil
	case !b.isKnown:
		b.early = append(b.early, *e.Order)
	default:
		b.check(e.Symbol, *e.Order, out)
	}
}

func (b *book) check(symbol Symbol, order Order, out *timely.Out[Rejected]) {
	if b.quote.isWide() {
		out.Send(Rejected{symbol, order, b.quote})
	}
}

// market checks a stream of orders against a stream of quotes.
func market(args []string) (*timely.App, error) {
	flags := flag.NewFlagSet("market", flag.ContinueOnError)
	orders := flags.Int("orders", 500_000, "how many orders are generated; as many quotes")
	listen := flags.String("listen", "", "read frames of TCP connections to these two addresses instead: quotes, orders")
	send := flags.String("send", "", "only send what is generated, to these two addresses")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	made := newTape(*orders)
	quoteFrames := timely.Generate(*orders, func(i int) []byte { return appendQuote(nil, made.quote(i)) })
	orderFrames := timely.Generate(*orders, func(i int) []byte { return appendOrder(nil, made.order(i)) })
	if *send != "" {
		return sender(*send, quoteFrames, orderFrames)
	}
	if *listen != "" {
		quotesAt, ordersAt, ok := strings.Cut(*listen, ",")
		if !ok {
			return nil, fmt.Errorf("streams: -listen takes two addresses with a comma between them")
		}
		quoteFrames, orderFrames = timely.ListenFrames(quotesAt, 1, nil), timely.ListenFrames(ordersAt, 1, nil)
	}
	app := timely.New("market spread")
	quotes := timely.Decode(timely.From(app, "quotes", quoteFrames), "decode quote", decodeQuote)
	asked := timely.Decode(timely.From(app, "orders", orderFrames), "decode order", decodeOrder)
	bySymbol := timely.KeyHash(timely.Merge("events", quotes, asked), "by symbol",
		func(e Event) Symbol { return e.Symbol },
		func(s Symbol) uint64 { return timely.HashString(string(s[:])) })
	rejected := timely.State(bySymbol, "check", check)
	together := timely.Route(rejected, "together", func(Rejected, int) int { return 0 })
	timely.To(together, "validate", &validator{tape: made})
	return app, nil
}

// sender is a program that only sends.
func sender(addresses string, quotes, orders timely.Source[[]byte]) (*timely.App, error) {
	quotesTo, ordersTo, ok := strings.Cut(addresses, ",")
	if !ok {
		return nil, fmt.Errorf("streams: -send takes two addresses with a comma between them")
	}
	app := timely.New("market spread, sender")
	timely.To(timely.From(app, "quotes", quotes), "send quotes", timely.DialFrames(quotesTo))
	timely.To(timely.From(app, "orders", orders), "send orders", timely.DialFrames(ordersTo))
	return app, nil
}
