/**
 * Where vblocks go: which LUNs a new one is striped over.
 *
 * <p>A target's allocator asks its {@link io.ocssd.placement.Placement} once for each new vblock, under its lock, one call at a
 * time. A {@link io.ocssd.placement.PlacementProvider} makes one for each target that is opened; {@code io.ocssd.Ocssd.placements}
 * lists those on the class path. To add one, implement the provider and name it in {@code
 * META-INF/services/io.ocssd.placement.PlacementProvider} of any jar; {@code io.ocssd.target.OpenOptions} chooses by name.
 *
 * <p>A placement is a wish, space is a promise: the allocator says "no space" only when fewer LUNs than asked for have a
 * block left, and passes over a choice that would leave blocks no vblock of that width can be made of.
 */
package io.ocssd.placement;
