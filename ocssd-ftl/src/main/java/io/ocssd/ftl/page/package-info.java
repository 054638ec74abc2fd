/**
 * The page-mapped FTL: every logical page stands anywhere, and a map says where; internal to this module.
 *
 * <p>Start at {@code PageFtl}, which has the map, the open units (frontiers) and what garbage collection asks of the owner of
 * the data. It knows units only as a {@code UnitStore}. {@code CountingUnits} is the one without payload, with which {@code
 * ModelProvider} serves {@link io.ocssd.gc.PageModel}. All belong to one task at a time.
 */
package io.ocssd.ftl.page;
