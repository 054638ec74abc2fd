/** Targets ({@link io.ocssd.ftl.target}) and vblocks ({@link io.ocssd.ftl.vblock}); found by the front door, not called by name. */
package io.ocssd.ftl;
