package io.ocssd.geometry.contract;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A drive that the contract is tried on, and what it declares about itself.
 *
 * @param name tells it from the others of its kind, and tells its kind how to make it: for emulated drives the parameters
 *     of their URI
 * @param traits what it is like; what is not declared the tests that need it are not tried on
 */
public record Shape(String name, Set<Trait> traits) {
    /** Copies the traits. */
    public Shape {
        EnumSet<Trait> copy = EnumSet.noneOf(Trait.class);
        copy.addAll(traits);
        traits = Collections.unmodifiableSet(copy);
    }

    /** A drive with these traits. */
    public static Shape of(String name, Trait... traits) {
        return new Shape(name, Set.of(traits));
    }

    /** The same drive with more traits. */
    public Shape with(Trait... more) {
        EnumSet<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return new Shape(name, all);
    }

    /** The same drive without some traits. */
    public Shape without(Trait... fewer) {
        EnumSet<Trait> left = EnumSet.noneOf(Trait.class);
        left.addAll(traits);
        left.removeAll(List.of(fewer));
        return new Shape(name, left);
    }

    /** Whether it declares a trait. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
