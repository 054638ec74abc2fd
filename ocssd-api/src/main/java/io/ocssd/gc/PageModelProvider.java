package io.ocssd.gc;

/** Makes page-mapped FTLs without payload; found by {@link java.util.ServiceLoader}. Stateless. */
@FunctionalInterface
public interface PageModelProvider {
    /**
     * A new one that holds nothing.
     *
     * @throws IllegalArgumentException when a policy is not there, an option is wrong, or the pages don't fit
     */
    PageModel create(PageModelRequest request);
}
