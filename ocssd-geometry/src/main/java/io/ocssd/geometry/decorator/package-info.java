/**
 * What devices that wrap other devices are made of.
 *
 * <p>The decorators themselves are in the packages below: {@code faults} makes commands fail, {@code trace} writes down what
 * was done, {@code delay} adds latency, {@code statistics} counts. All of them work over any {@link
 * io.ocssd.device.FlashDevice}, emulated, real or decorated already. Applications open them by URI ({@code
 * faults+trace+mem:}), see {@link io.ocssd.Ocssd#openDevice}, or make them directly.
 *
 * <p>Here is what they share: {@link io.ocssd.geometry.decorator.ForwardingDevice} hands everything on, {@link
 * io.ocssd.geometry.decorator.ForwardedCommands} recognises the completions of what it sent on, {@link
 * io.ocssd.geometry.decorator.HeldCompletions} keeps completions until their time has come, {@link
 * io.ocssd.geometry.decorator.CommandShape} checks and copies commands, {@link
 * io.ocssd.geometry.decorator.DecoratorParameters} reads URIs, {@link io.ocssd.geometry.decorator.RecordFile} keeps records
 * in a file, {@link io.ocssd.geometry.decorator.LockedFile} keeps a file for one device. Those of a queue belong to its task;
 * the rest says for itself.
 */
package io.ocssd.geometry.decorator;
