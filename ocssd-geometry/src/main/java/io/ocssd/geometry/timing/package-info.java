/**
 * How long flash takes: a model of channels, LUNs, planes, registers and the host's link, in nanoseconds of whatever clock
 * the caller counts with.
 *
 * <p>Start at {@link io.ocssd.geometry.timing.FlashTimeline}: operations go in with the time of their submission, requests
 * come out with the time of their end. {@link io.ocssd.geometry.timing.NandTiming} holds the figures, and
 * {@link io.ocssd.geometry.timing.NandTimings} those of drives that are known by name, each with its source;
 * {@link io.ocssd.geometry.timing.PageLayout} says which sectors are one page. Inside, {@code Lun} is the state machine of
 * one LUN, {@code Bus} and {@code HostLink} are what it shares with others, {@code EventHeap} holds what is due next.
 *
 * <p>The model knows nothing of data, of commands or of threads: it is arithmetic of maxima and sums, the same input gives
 * the same output, and it allocates nothing once it has seen its deepest queue. Nothing here is thread-safe; the values are
 * immutable. Wrong figures are an {@link IllegalArgumentException}.
 *
 * <p><b>The arithmetic.</b>
 *
 * <pre>
 * read      controller, bus: command cycles, array: tR of the page, bus: data, host link
 * program   host link, controller, bus: command cycles and data, array: tPROG of the page, bus: status
 * erase     controller, bus: command cycles, array: tBERS, bus: status
 * copy      within a LUN: controller, bus: command cycles, array: tR and tPROG; between LUNs: a read, then a program
 * </pre>
 *
 * <ul>
 *   <li>A LUN does one operation at a time, those of high priority first, else in the order of arrival. An operation covers
 *       the page of every plane that it touches: one bus phase for each, one array time for all.
 *   <li>A channel's bus moves one operation's data at a time, in the order in which data are ready. Command and status
 *       cycles are so short that they slip in between: they take bus time from others and wait for nobody.
 *   <li>With a cache register the array of a LUN reads the next page while the data of the last one leave, and each page
 *       that is overlapped so pays tRCBSY. With cache programs data come in while the array programs the page before.
 *   <li>Reads may suspend a program or an erase ({@link io.ocssd.geometry.timing.SuspendRules}).
 *   <li>The host's link is a rate in each direction. Its transfers overlap those of the channels, so it adds no time to a
 *       command alone and holds back only what would exceed the rate.
 *   <li>What the controller does takes a constant time for each command and is done for any number side by side.
 * </ul>
 */
package io.ocssd.geometry.timing;
