/**
 * The placements that come with the library, found by name through {@link java.util.ServiceLoader}; internal to this module.
 *
 * <p>Start at {@code Placements}, which makes the one that was asked for. Each policy is a class of its own with the provider
 * that describes it; {@code Ranking} does what most have in common: take the LUNs that come first in some order, beginning
 * with another one each time. Called under the allocator's lock, one call at a time.
 */
package io.ocssd.ftl.placement;
