/** Targets, vblocks and what is built of them. */
package io.ocssd.ftl;
