//go:build !race

package handle

const effort = 1
