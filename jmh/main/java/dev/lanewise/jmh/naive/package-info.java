// SPDX-License-Identifier: Apache-2.0
/**
 * Plain nested loops in float: the speed everybody starts from. Deliberately untuned, and not the
 * reference of the property tests, which is written in double for its results and not for its
 * speed.
 */
package dev.lanewise.jmh.naive;
