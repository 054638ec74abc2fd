/**
 * Addresses as drives and tools know them, and their conversion from and to the addresses of the contracts.
 *
 * <p>Start at {@link io.ocssd.geometry.address.AddressConverter}: it converts between all
 * {@link io.ocssd.geometry.address.AddressFormat formats}, one at a time or many at once, and checks.
 * {@link io.ocssd.geometry.address.AddressText} reads what people write,
 * {@link io.ocssd.geometry.address.StripeOrder} is the order in which data is spread over LUNs.
 *
 * <p>Everything here but {@link io.ocssd.geometry.address.StripeCursor} is immutable and may be used from any task. An
 * address that is not of the geometry is an {@link IllegalArgumentException} that names each wrong field; a text that is no
 * address is an {@link io.ocssd.geometry.address.AddressSyntaxException} with a hint.
 */
package io.ocssd.geometry.address;
