/**
 * The front door.
 *
 * <p>Start at {@link io.ocssd.Ocssd#open}. It finds implementations by {@link java.util.ServiceLoader}, so an application
 * compiles against this module alone and needs {@code ocssd-geometry} and {@code ocssd-ftl} only at run time.
 */
package io.ocssd;
