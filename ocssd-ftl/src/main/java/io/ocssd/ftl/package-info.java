/** Targets ({@link io.ocssd.ftl.target}), vblocks ({@link io.ocssd.ftl.vblock}) and placements ({@link io.ocssd.ftl.placement}); found by the front door, not called by name. */
package io.ocssd.ftl;
