package io.ocssd.ftl.page;

import java.io.IOException;

/** A command that a test wanted to fail. */
final class FailedOnPurpose extends IOException {
    private static final long serialVersionUID = 1L;
}
