/**
 * Addresses as drives know them, and their conversion from and to the addresses of the contracts.
 *
 * <p>Start at {@link io.ocssd.geometry.address.DeviceAddressFormat}. Everything here is immutable and may be used from any
 * task. An address that is not of the geometry is an {@link IllegalArgumentException} that names each wrong field.
 */
package io.ocssd.geometry.address;
