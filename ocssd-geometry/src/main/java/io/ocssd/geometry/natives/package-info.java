/**
 * The system calls that real drives need.
 *
 * <p>Start at {@link io.ocssd.geometry.natives.Kernel}: everything that talks to a kernel does so through it, so that tests can
 * put a double in its place. {@link io.ocssd.geometry.natives.LinuxKernel} is the real one. It needs JNA, which is loaded when
 * its instance is first asked for and at no other time: emulated drives never come here. All of it may be used from any
 * thread. Calls do not throw for what a kernel refuses: they return the negative {@link io.ocssd.geometry.natives.Errno}.
 */
package io.ocssd.geometry.natives;
