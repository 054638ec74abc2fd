package io.ocssd.geometry.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the contract: it runs once for every {@link Shape} that has what it needs, on a new drive each time.
 *
 * <p>Its parameters are a {@link Rig} (a queue and buffers on the open drive), a {@link Stand} (for tests that open drives
 * themselves), or both. Where no shape of a kind of drive has what it needs, it says so once and proves nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(ContractExtension.class)
@interface ContractTest {
    /** What a drive must declare. */
    Trait[] needs() default {};
}
