package gangplank

import "unsafe"

// native turns an address of native memory into a pointer. The address must
// belong to at least one readable byte: a zero length has no address (clause
// 2.2), so it never gets here, and no dangling address ever stands where the
// collector looks.
func native(address uint64) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

// nativeBytes is native memory as a slice, which is as short-lived as that memory.
func nativeBytes(address, size uint64) []byte {
	if size == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(native(address)), size)
}

// hide returns p, unseen by escape analysis. The caller keeps the memory
// alive by other means until the result is in use.
func hide(p unsafe.Pointer) unsafe.Pointer {
	address := uintptr(p)
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}
