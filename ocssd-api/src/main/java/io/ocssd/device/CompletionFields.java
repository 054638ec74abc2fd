package io.ocssd.device;

/** What a {@link Completion} holds, with padding on both sides. */
abstract class CompletionFields extends Padding {
    long tag;
    int status;
    long failedAddresses;
    long address;
}
