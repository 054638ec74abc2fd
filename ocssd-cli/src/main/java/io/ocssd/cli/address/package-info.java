/**
 * {@code ocssd address}: addresses of Open-Channel SSDs, with or without a drive at hand.
 *
 * <p>Start at {@link io.ocssd.cli.address.AddressConvertCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.address;
