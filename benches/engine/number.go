package main

import "strconv"

// number is written with thousands apart.
func number(n int) string {
	text := strconv.Itoa(n)
	if n >= 1000 {
		return text[:len(text)-3] + "," + text[len(text)-3:]
	}
	return text
}
