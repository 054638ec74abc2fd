/**
 * {@code ocssd demo}: the main job, told to a person or as JSON.
 *
 * <p>Start at {@link io.ocssd.cli.demo.DemoCommand}; the demo itself is {@link io.ocssd.lsm.workload.Demo}. Run once by the
 * thread of the command.
 */
package io.ocssd.cli.demo;
