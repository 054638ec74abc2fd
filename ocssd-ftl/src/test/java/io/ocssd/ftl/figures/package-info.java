/** What vblocks reach on a drive whose flash takes its time: virtual time, so each figure is exact and the same at every run. */
package io.ocssd.ftl.figures;
