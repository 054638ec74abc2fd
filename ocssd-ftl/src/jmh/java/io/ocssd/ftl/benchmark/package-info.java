/** What vblocks cost, beside what the device below them costs by itself. */
package io.ocssd.ftl.benchmark;
