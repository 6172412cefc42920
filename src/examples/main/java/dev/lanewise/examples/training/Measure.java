// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

/**
 * Something that is measured on the test set.
 *
 * @param key its name in the record of a run
 * @param format how a person reads it, of one number, such as {@code "test loss %.6f"}
 */
public record Measure(String key, String format) {}
