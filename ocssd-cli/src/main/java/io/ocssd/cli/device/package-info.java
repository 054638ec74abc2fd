/**
 * {@code ocssd device}: make emulated drives and look at drives.
 *
 * <p>Start at {@link io.ocssd.cli.device.DeviceCreateCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.device;
