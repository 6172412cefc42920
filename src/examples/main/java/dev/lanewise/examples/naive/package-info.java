// SPDX-License-Identifier: Apache-2.0
/**
 * The convolutions of the examples in nested loops, and how much longer those take than Lanewise.
 */
package dev.lanewise.examples.naive;
