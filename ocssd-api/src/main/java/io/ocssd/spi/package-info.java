/**
 * What implementations provide; applications do not need this package.
 *
 * <p>A module that knows a kind of device registers a {@link io.ocssd.spi.DeviceProvider} for {@link
 * java.util.ServiceLoader}, the module with labels and targets a {@link io.ocssd.spi.DriveProvider}, and
 * what wraps devices a {@link io.ocssd.spi.DeviceDecorator}. Providers are stateless and may be used from any task.
 */
package io.ocssd.spi;
